# Attune in one image. Alone it runs a private Redis in the volume /data (x86-64);
# with ATTUNE_REDIS_URL it uses yours, as compose.yaml shows.
FROM python:3.12.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/attune
COPY pyproject.toml constraints.txt LICENSE README.md ./
COPY bot bot
COPY escalation escalation
COPY intents intents
# PyTorch's default wheel brings gigabytes of CUDA that nothing here uses; name the index of its CPU
# builds to leave them out: docker build --build-arg TORCH_INDEX=… (README says where they are).
ARG TORCH_INDEX=""
RUN /opt/attune/bin/pip install --no-cache-dir --disable-pip-version-check \
      ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -c constraints.txt .

FROM python:3.12.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home attune \
 && install -d -o attune -g attune -m 700 /data
COPY --from=build /opt/attune /opt/attune
ENV PATH=/opt/attune/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ATTUNE_HOST=0.0.0.0 \
    ATTUNE_PORT=8000 \
    ATTUNE_DATA=/data \
    ATTUNE_CACHE=/data/cache
USER attune
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 CMD \
    ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['ATTUNE_PORT'] + '/healthz', timeout=2)"]
CMD ["attune", "serve"]
