# Serves models of a mounted registry. Build: docker build -t tabwright . ; run: docker run -v ./models:/models -p 8080:8080 tabwright --model NAME
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsup.config.ts ./
COPY README.md LICENSE CHANGELOG.md ./
COPY src src
COPY adapters adapters
COPY types types
RUN npm run build && npm pack --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/tabwright-*.tgz /tmp/tabwright.tgz
RUN npm install --no-audit --no-fund --omit=dev /tmp/tabwright.tgz fastify@5 \
  && npm cache clean --force \
  && rm -rf /tmp/tabwright.tgz ~/.npm
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/tabwright/dist/cli.js", "serve", "--registry", "/models", "--host", "0.0.0.0"]
