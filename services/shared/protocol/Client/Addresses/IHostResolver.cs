using System.Net;

namespace Causality.Protocol.Client.Addresses;

/// <summary>Finds the addresses of a host.</summary>
public interface IHostResolver
{
    /// <summary>The addresses of a name, or the one that the text itself is.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known, or nobody could be asked.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
