# Two images, one file: `rasa` (the dialogue and the web page) and `actions` (the action server, no TensorFlow).
# Packages come from uv.lock; the pack is built and the model trained while the image is built, so that a
# container only reads. Build arguments: PYTHON_VERSION (3.10 or 3.11).
ARG PYTHON_VERSION=3.10

FROM python:${PYTHON_VERSION}-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PATH=/app/.venv/bin:$PATH \
    HOME=/tmp
WORKDIR /app

# ---- packages -------------------------------------------------------------------------------------------------
FROM base AS uv
RUN pip install --no-cache-dir --root-user-action=ignore "uv>=0.8"
ENV UV_PYTHON=/usr/local/bin/python3 \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1
COPY pyproject.toml uv.lock ./

FROM uv AS actions-packages
RUN uv sync --frozen --quiet --only-group actions --no-install-project

FROM uv AS rasa-packages
# TensorFlow's C++ headers (140 MB) are for compiling against it.
RUN uv sync --frozen --quiet --no-dev --no-install-project \
    && rm -rf .venv/lib/python3*/site-packages/tensorflow/include

# ---- what is made from the sources ----------------------------------------------------------------------------
FROM actions-packages AS pack
COPY knowledge knowledge
RUN python -m knowledge build

FROM rasa-packages AS model
COPY knowledge knowledge
COPY rasa_project rasa_project
RUN python -m rasa_project.cli train && rm -rf .steady/logs .steady/models/.lock

# ---- the images -----------------------------------------------------------------------------------------------
FROM base AS user
RUN groupadd --system --gid 10001 steady \
    && useradd --system --uid 10001 --gid steady --home-dir /nonexistent --shell /usr/sbin/nologin steady

FROM user AS actions
COPY --from=actions-packages /app/.venv .venv
COPY knowledge knowledge
COPY actions actions
COPY --from=pack /app/.steady .steady
ENV STEADY_HOME=/app/.steady ACTIONS_HOST=0.0.0.0 ACTIONS_PORT=5055
USER steady
EXPOSE 5055
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5055/health', timeout=4)"]
CMD ["python", "-m", "actions"]

FROM user AS rasa
COPY --from=rasa-packages /app/.venv .venv
COPY uv.lock .
COPY knowledge knowledge
COPY rasa_project rasa_project
COPY --from=model /app/.steady .steady
RUN mkdir -p .steady/data && chown steady:steady .steady/data
ENV STEADY_HOME=/app/.steady HOST=0.0.0.0 PORT=5005 ACTIONS_HOST=actions ACTIONS_PORT=5055
USER steady
VOLUME /app/.steady/data
EXPOSE 5005
HEALTHCHECK --interval=5s --timeout=5s --start-period=300s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5005/health', timeout=4)"]
CMD ["python", "-m", "rasa_project.cli", "run", "--only", "rasa"]
