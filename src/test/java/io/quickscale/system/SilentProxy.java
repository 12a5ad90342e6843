package io.quickscale.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to a port of this machine that can fall silent, like a network that drops packets: nothing
 * is closed and nothing refused, but nothing comes through. When it speaks again, what was on its
 * way arrives, also of connections that one end has given up.
 */
final class SilentProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "silent proxy");
            thread.setDaemon(true);
            return thread;
          });
  private boolean silent;

  private SilentProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Opens one on a free port. */
  static SilentProxy to(int target) throws IOException {
    SilentProxy proxy =
        new SilentProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
    proxy.threads.submit(proxy::accept);
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void speak() {
    silent = false;
    notifyAll();
  }

  private synchronized void awaitSpeech() throws InterruptedException {
    while (silent) {
      wait();
    }
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      threads.submit(() -> connect(client));
    }
  }

  private Void connect(Socket client) throws IOException, InterruptedException {
    awaitSpeech();
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException refused) {
      client.close();
      throw refused;
    }
    threads.submit(() -> forward(client, server));
    return forward(server, client);
  }

  private Void forward(Socket from, Socket to) throws IOException, InterruptedException {
    try (from;
        to) {
      copy(from.getInputStream(), to.getOutputStream());
      // That one end has gone does not come through either.
      awaitSpeech();
    }
    return null;
  }

  private void copy(InputStream from, OutputStream to) throws InterruptedException {
    byte[] bytes = new byte[8192];
    try {
      for (int length = from.read(bytes); length >= 0; length = from.read(bytes)) {
        awaitSpeech();
        to.write(bytes, 0, length);
      }
    } catch (IOException gone) {
      // One end has closed its connection, or is not there any more.
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    listener.close();
  }
}
