using Causality.Protocol.Server;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Known peers by pin; tests add and remove them while the server runs.</summary>
internal sealed class FixedPeers : IKnownPeers
{
    public Dictionary<string, KnownPeer> ByPin { get; } = [];

    /// <summary>Called for every question.</summary>
    public Action Asked { get; set; } = () => { };

    public ValueTask<KnownPeer?> FindByPinAsync(string pin, CancellationToken cancellationToken)
    {
        Asked();
        return ValueTask.FromResult(ByPin.GetValueOrDefault(pin));
    }
}
