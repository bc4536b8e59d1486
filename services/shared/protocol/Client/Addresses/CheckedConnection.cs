using System.Net.Sockets;
using Causality.Contracts;

namespace Causality.Protocol.Client.Addresses;

/// <summary>Connects to the very address that was checked: a name that shows another one a moment later (DNS rebinding) gains nothing.</summary>
internal static class CheckedConnection
{
    public static async ValueTask<Stream> OpenAsync(PeerEndpoint peer, PeerAddressRules rules, string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(await rules.ResolveAsync(host, cancellationToken), port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (PeerAddressException refused)
        {
            socket.Dispose();
            throw new PeerRefusedException(SyncReasons.PeerAddressNotAllowed, $"{PeerFaults.Name(peer)}: {refused.Message}", refused);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
