# docker run --rm --volume "$PWD:/work:ro" symlint
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS build
COPY . /source
RUN python -m venv /opt/symlint && /opt/symlint/bin/pip install --no-cache-dir --no-compile /source \
    && /opt/symlint/bin/python -m compileall -q /opt/symlint

FROM ${PYTHON}
COPY --from=build /opt/symlint /opt/symlint
# Reading is all it does: no user of the system, no home, and a /work that may be read-only.
USER 65534:65534
ENV PATH=/opt/symlint/bin:$PATH HOME=/nonexistent
WORKDIR /work
ENTRYPOINT ["symlint"]
