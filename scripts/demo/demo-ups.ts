import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A network UPS of the demo: it speaks as much of NUT's protocol as reading one UPS takes. */
export interface DemoUps {
  readonly port: number;
  setOnBattery(isOnBattery: boolean, chargePercent: number): void;
  close(): void;
}

export async function startDemoUps(): Promise<DemoUps> {
  const variables: Record<string, string> = {
    'device.model': 'Demo UPS 850',
    'ups.status': 'OL',
    'battery.charge': '100',
    'battery.runtime': '1800',
    'ups.load': '24',
  };
  const answer = (line: string): string => {
    if (line === 'LIST UPS') return 'BEGIN LIST UPS\nUPS demo "Demo"\nEND LIST UPS\n';
    if (line === 'LIST VAR demo') {
      const rows = Object.entries(variables).map(([name, value]) => `VAR demo ${name} "${value}"\n`);
      return `BEGIN LIST VAR demo\n${rows.join('')}END LIST VAR demo\n`;
    }
    return line === 'LOGOUT' ? 'OK Goodbye\n' : 'ERR FEATURE-NOT-CONFIGURED\n';
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = '';
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const lines = (pending + bytes.toString('latin1')).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) socket.write(answer(line.trim()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    setOnBattery(isOnBattery, chargePercent) {
      variables['ups.status'] = isOnBattery ? 'OB DISCHRG' : chargePercent < 100 ? 'OL CHRG' : 'OL';
      variables['battery.charge'] = String(chargePercent);
      variables['battery.runtime'] = String(Math.round(chargePercent * 18));
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
