# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/review-service
COPY requirements.lock ./
RUN /opt/review-service/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY review_service ./review_service
RUN /opt/review-service/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/review-service review \
    && install --directory --owner=review --mode=700 /var/lib/review-service
WORKDIR /srv/review-service
COPY --from=build /opt/review-service /opt/review-service
COPY models ./models
ENV PATH=/opt/review-service/bin:$PATH REVIEW_MODELS=/srv/review-service/models \
    REVIEW_DATA=/var/lib/review-service PYTHONUNBUFFERED=1
VOLUME /var/lib/review-service
USER review
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/ready', timeout=2)"]
CMD ["review-service", "serve", "--host", "0.0.0.0", "--port", "8000"]
