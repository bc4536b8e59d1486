using Causality.Contracts;
using Causality.Messaging.Configuration;

namespace Causality.Messaging.Tests;

public sealed class Contracts_on_the_broker
{
    [Fact]
    public void Commands_and_events_have_exchanges_and_their_parts_have_none()
    {
        MessageContracts.All.ShouldContain(typeof(SyncRequested));
        MessageContracts.All.ShouldContain(typeof(SyncCompleted));
        MessageContracts.All.ShouldContain(typeof(CompareSegments));
        MessageContracts.All.ShouldNotContain(typeof(SyncResult));
        MessageContracts.All.ShouldNotContain(typeof(PeerEndpoint));
    }
}
