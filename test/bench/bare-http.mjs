import { once } from 'node:events';
import { createServer } from 'node:http';

// Plain JavaScript on purpose: a contender must not carry what stripping types costs.
const [answer] = await once(process, 'message');
const body = Buffer.from(answer.body);
const server = createServer((_request, response) => {
  response.writeHead(200, { ...answer.headers, 'content-length': body.length });
  response.end(body);
});
server.listen({ host: '127.0.0.1', port: 0 }, () => {
  process.send(server.address().port);
  // An open channel would keep this process busier than an idle server is.
  process.disconnect();
});
