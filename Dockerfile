# The reference server of examples/server. Build: docker build -t tabwright . ; docs/deploy.md has the rest.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY tsconfig.json tsup.config.ts ./
COPY src src
COPY adapters adapters
RUN npx tsup --silent
# What the server adds to the library's dependencies, in the versions of the lock file; everything else goes, and with it what
# only compilers and readers open.
RUN server="$(node -p "const { devDependencies: { fastify, 'prom-client': client } } = require('./package.json'); \
      \`dependencies.fastify=\${fastify} dependencies.prom-client=\${client}\`")" \
  && npm pkg delete devDependencies peerDependencies peerDependenciesMeta \
  && npm pkg set $server \
  && npm prune --omit=dev --no-audit --no-fund --loglevel=error \
  && find node_modules -type f \( -name '*.ts' -o -name '*.[cm]ts' -o -name '*.map' -o -name '*.md' \) ! -iname 'licen[cs]e*' -delete \
  && find node_modules -type d -empty -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    TABWRIGHT_HOST=0.0.0.0 \
    TABWRIGHT_DATA=/data \
    TABWRIGHT_INPUT=/input
WORKDIR /app
RUN mkdir /data /input && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY examples/server server
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "server/health-check.js"]
CMD ["node", "server/main.js"]
