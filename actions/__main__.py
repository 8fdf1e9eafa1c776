"""The action server: ``python -m actions``, for this machine alone unless ``ACTIONS_HOST`` says otherwise.

``GET /health`` answers 200. It has no authentication of its own: only Rasa may be able to reach it.
"""

from __future__ import annotations

import logging
import os


def main() -> None:
    """Serve every action of this package on ``ACTIONS_HOST`` (127.0.0.1) and ``ACTIONS_PORT`` (5055)."""
    from rasa_sdk.endpoint import create_app

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app("actions", cors_origins="")  # browsers have no business here
    app.run(
        host=os.environ.get("ACTIONS_HOST") or "127.0.0.1",
        port=int(os.environ.get("ACTIONS_PORT") or 5055),
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
