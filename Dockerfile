# Newswire with Airflow and all that a cluster of it needs: see docker-compose.yaml.

FROM python:3.11.13-slim-bookworm@sha256:86adf8dbadc3d6e82ee5dd2c74bec2e1c2467cdad47886280501df722372d2e1 AS build
WORKDIR /build
COPY requirements/cluster.txt requirements/uv.txt requirements/
RUN python -m venv /opt/venv && python -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-cache-dir --require-hashes --requirement requirements/uv.txt \
    && /opt/tools/bin/uv pip install --no-cache --python /opt/venv/bin/python --require-hashes --requirement requirements/cluster.txt
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
RUN /opt/tools/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels . \
    && /opt/tools/bin/uv pip install --no-cache --python /opt/venv/bin/python --no-deps wheels/*.whl

FROM python:3.11.13-slim-bookworm@sha256:86adf8dbadc3d6e82ee5dd2c74bec2e1c2467cdad47886280501df722372d2e1
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/opt/newswire PYTHONUNBUFFERED=1 AIRFLOW_HOME=/opt/airflow
RUN useradd --uid 50000 --no-create-home --home-dir /opt/airflow newswire \
    && install --directory --owner newswire --mode 0700 /opt/airflow /opt/newswire/data
COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/newswire
COPY dags dags
COPY plugins plugins
COPY deploy deploy
USER newswire
CMD ["airflow", "version"]
