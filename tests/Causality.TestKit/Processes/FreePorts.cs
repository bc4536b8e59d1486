using System.Net;
using System.Net.Sockets;

namespace Causality.TestKit.Processes;

/// <summary>Finds ports for processes that must know them before they start.</summary>
public static class FreePorts
{
    // Below what the kernel gives to outgoing connections (32768 on): one of those would take the port of a process that is started again.
    private const int Lowest = 10_000;
    private const int Highest = 32_000;
    private const int MostTries = 1_000;

    /// <summary>Different ports of 127.0.0.1 at which nobody listens now. All are held until the last is found, so that none is given twice.</summary>
    public static int[] Take(int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            for (var tries = 0; listeners.Count < count; tries++)
            {
                var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(Lowest, Highest));
                try
                {
                    listener.Start();
                    listeners.Add(listener);
                }
                catch (SocketException) when (tries < MostTries)
                {
                    listener.Dispose();
                }
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
