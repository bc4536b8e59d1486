using System.Net;
using System.Net.Sockets;

namespace Causality.TestKit.Processes;

/// <summary>Finds ports for processes that must know them before they start.</summary>
/// <remarks>Between being found and being used a port is nobody's. So none is given twice: a test program takes blocks of ports, which no other test program takes while it runs, and goes through them.</remarks>
public static class FreePorts
{
    // Below what the kernel gives to outgoing connections (32768 on): one of those would take the port of a process that is started again. From 20000 on the scripts take theirs.
    private const int Lowest = 10_000;
    private const int Highest = 20_000;

    /// <summary>The first port of a block is listened at as long as this program runs: that is what keeps others away from the rest.</summary>
    private const int BlockSize = 100;

    private const int MostTries = 1_000;
    private static readonly Lock Taking = new();
    private static readonly List<TcpListener> Blocks = [];
    private static int _next;
    private static int _left;

    /// <summary>Different ports of 127.0.0.1 at which nobody listens now, and that nobody else is given.</summary>
    /// <exception cref="SocketException">There are none left.</exception>
    public static int[] Take(int count)
    {
        lock (Taking)
            return [.. Enumerable.Range(0, count).Select(_ => Next())];
    }

    private static int Next()
    {
        while (true)
        {
            if (_left == 0)
            {
                _next = TakeBlock() + 1;
                _left = BlockSize - 1;
            }

            _left--;
            var port = _next++;
            try
            {
                using var listener = Listen(port);
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there who knows nothing of blocks.
            }
        }
    }

    private static int TakeBlock()
    {
        for (var tries = 1; ; tries++)
        {
            var first = Lowest + (BlockSize * Random.Shared.Next((Highest - Lowest) / BlockSize));
            try
            {
                Blocks.Add(Listen(first));
                return first;
            }
            catch (SocketException) when (tries < MostTries)
            {
                // Another test program's, or not all of it free.
            }
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}
