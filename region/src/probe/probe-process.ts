import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Flow, Outcome } from './probe.ts';

/** Runs inside the sender's network namespace: flows on standard input, outcomes on standard output. */
const { flows, milliseconds } = JSON.parse(await text(process.stdin)) as { flows: Flow[]; milliseconds: number };
process.stdout.write(JSON.stringify(await Promise.all(flows.map((flow) => send(flow, milliseconds)))));

function send(flow: Flow, milliseconds: number): Promise<Outcome> {
  switch (flow.protocol) {
    case 'tcp':
      return sendTcp(flow, milliseconds);
    case 'udp':
      return sendUdp(flow, milliseconds);
    case 'icmp':
      return sendPing(flow, milliseconds);
  }
}

function sendTcp({ to, port }: Flow, milliseconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port });
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(end, milliseconds, 'timeout');
    socket.once('connect', () => end('accepted'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? 'refused' : 'timeout'),
    );
  });
}

/** A datagram that is answered was accepted; one that brings back "port unreachable" arrived and was refused. */
function sendUdp({ to, port }: Flow, milliseconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(to) ? 'udp6' : 'udp4');
    let ended = false;
    const end = (outcome: Outcome) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      socket.close();
      resolve(outcome);
    };
    const timer = setTimeout(end, milliseconds, 'timeout');
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'timeout'));
    socket.on('message', () => end('accepted'));
    socket.connect(port, to, (error?: Error) => {
      if (error) end('timeout');
      else if (!ended) socket.send('terrace probe');
    });
  });
}

function sendPing({ to }: Flow, milliseconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const seconds = Math.max(0.1, milliseconds / 1000);
    const ping = spawn('ping', ['-n', '-q', '-c', '1', '-W', String(seconds), to], { stdio: 'ignore' });
    const timer = setTimeout(() => ping.kill('SIGKILL'), milliseconds + 500);
    ping.on('error', (error) => {
      throw error;
    });
    ping.on('close', (status) => {
      clearTimeout(timer);
      resolve(status === 0 ? 'accepted' : 'timeout');
    });
  });
}
