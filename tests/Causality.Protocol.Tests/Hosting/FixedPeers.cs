using Causality.Protocol.Server;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Known peers by pin; tests add and remove them while the server runs.</summary>
internal sealed class FixedPeers : IKnownPeers
{
    public Dictionary<string, KnownPeer> ByPin { get; } = [];

    public ValueTask<KnownPeer?> FindByPinAsync(string pin, CancellationToken cancellationToken) => ValueTask.FromResult(ByPin.GetValueOrDefault(pin));
}
