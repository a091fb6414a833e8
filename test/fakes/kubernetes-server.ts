import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cluster that knows one deployment, through its scale subresource alone, by https with an authority of its own. */
export interface KubernetesServer {
  readonly kubeconfig: string;
  readonly dir: string;
  /** What happened, "GET 200". */
  readonly asked: string[];
  replicas: number;
  /** Answers every request so while set; 0 never answers. */
  status: number | null;
  /** Somebody else writes before each of so many writes. */
  conflicts: number;
  close(): Promise<void>;
}

const PATH = '/apis/apps/v1/namespaces/shop/deployments/web/scale';
export const TOKEN = 'token-of-the-scaler-account';

export async function kubernetesServer(): Promise<KubernetesServer> {
  const dir = mkdtempSync(join(tmpdir(), 'orch-kubernetes-'));
  const at = (name: string): string => join(dir, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=test-ca',
    '-days',
    '7',
  );
  openssl('req', ...key, '-keyout', at('key.pem'), '-out', at('csr.pem'), '-subj', '/CN=kube');
  writeFileSync(at('ext'), 'subjectAltName=IP:127.0.0.1\n');
  const signed = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '7',
    '-extfile',
    at('ext'),
  ];
  openssl('x509', '-req', '-in', at('csr.pem'), ...signed, '-out', at('cert.pem'));

  let version = 1;
  const scale = (): object => ({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name: 'web', namespace: 'shop', resourceVersion: String(version) },
    spec: { replicas: cluster.replicas },
    status: { replicas: cluster.replicas, selector: 'app=web' },
  });
  const failure = (code: number): object => ({
    kind: 'Status',
    status: 'Failure',
    message: `no: ${code}`,
    code,
  });
  const refused = (code: number): [number, object] => [code, failure(code)];
  const answerTo = (
    method: string | undefined,
    url: string | undefined,
    authorization: string | undefined,
    body: string,
  ): [number, object] => {
    if (cluster.status !== null) return refused(cluster.status);
    if (authorization !== `Bearer ${TOKEN}`) return refused(401);
    if (url !== PATH) return refused(404);
    if (method === 'GET') return [200, scale()];
    if (method !== 'PUT') return refused(405);
    const asked = JSON.parse(body) as { metadata: { resourceVersion: string }; spec: { replicas: number } };
    if (cluster.conflicts > 0) {
      cluster.conflicts -= 1;
      version += 1;
    }
    if (asked.metadata.resourceVersion !== String(version)) return refused(409);
    version += 1;
    cluster.replicas = asked.spec.replicas;
    return [200, scale()];
  };
  const server = createServer({ key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')) });
  server.on('request', (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (cluster.status === 0) {
        cluster.asked.push(`${request.method} -`);
        return;
      }
      const [status, value] = answerTo(request.method, request.url, request.headers.authorization, body);
      cluster.asked.push(`${request.method} ${status}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cluster: KubernetesServer = {
    kubeconfig: at('kubeconfig'),
    dir,
    asked: [],
    replicas: 2,
    status: null,
    conflicts: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  writeFileSync(
    cluster.kubeconfig,
    kubeconfigText(`https://127.0.0.1:${port}`, 'certificate-authority: ca.pem'),
  );
  return cluster;
}

/** Contexts: `shop` is good, `stranger` has a wrong token, `program` gets its token from a program. */
export function kubeconfigText(server: string, authority: string): string {
  return `apiVersion: v1
kind: Config
current-context: shop
clusters:
  - name: here
    cluster: { server: "${server}"${authority === '' ? '' : `, ${authority}`} }
contexts:
  - { name: shop, context: { cluster: here, user: scaler } }
  - { name: stranger, context: { cluster: here, user: stranger } }
  - { name: program, context: { cluster: here, user: program } }
users:
  - { name: scaler, user: { token: ${TOKEN} } }
  - { name: stranger, user: { token: something-else } }
  - name: program
    user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: touch, args: [ran] } }
`;
}
