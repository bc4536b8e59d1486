using System.Net;
using System.Net.Sockets;

namespace Causality.TestKit.Processes;

/// <summary>Finds ports for processes that must know them before they start.</summary>
public static class FreePorts
{
    /// <summary>Different ports of 127.0.0.1 at which nobody listens now. All are held until the last is found, so that none is given twice.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
