"""A bare FastAPI application whose page is made already: `python -m benchmarks.peers.bare_page PORT`.

`/threaded?size=N` is answered as our pages are, by a plain function in a thread; `/async?size=N` in the event loop.
"""

import sys
from functools import lru_cache

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI(openapi_url=None)


@lru_cache
def content(size: int) -> bytes:
    """A page of that many bytes."""
    return b"<p>".ljust(size, b".")


@app.get("/threaded")
def threaded(size: int) -> HTMLResponse:
    """In a thread of the pool."""
    return HTMLResponse(content(size))


@app.get("/async")
async def in_the_loop(size: int) -> HTMLResponse:
    """In the event loop."""
    return HTMLResponse(content(size))


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False, server_header=False)
