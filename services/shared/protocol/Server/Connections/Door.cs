using System.Net;
using Causality.Protocol.Server.Limits;
using Microsoft.AspNetCore.Connections;

namespace Causality.Protocol.Server.Connections;

/// <summary>The open connections of one door that have not shown who they are, and a bound on them.</summary>
/// <remarks>
/// Whoever knows nothing but the address can open connections and say nothing on them. Refusing newcomers when there are too many would let such a one shut the door; so it is the
/// oldest silent one that goes. A peer proves itself with its first request, within milliseconds, and is safe from then on.
/// </remarks>
internal sealed class Door(PeerLimitOptions limits)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<DoorConnection> _unproven = [];
    private readonly Dictionary<IPAddress, int> _byAddress = [];

    /// <summary>Connections that have not shown who they are.</summary>
    public int UnprovenCount
    {
        get
        {
            lock (_lock)
                return _unproven.Count;
        }
    }

    /// <summary>Takes a new connection in; an older one may have to go.</summary>
    public DoorConnection Enter(ConnectionContext connection)
    {
        var entered = new DoorConnection(this, connection);
        DoorConnection? surplus = null;
        lock (_lock)
        {
            var fromThere = _byAddress.GetValueOrDefault(entered.Address);
            if (fromThere >= limits.UnprovenPerAddress)
                surplus = _unproven.First(other => other.Address.Equals(entered.Address));
            else if (_unproven.Count >= limits.UnprovenConnections)
                surplus = _unproven.First!.Value;
            if (surplus is not null)
                Remove(surplus);
            entered.Place = _unproven.AddLast(entered);
            _byAddress[entered.Address] = _byAddress.GetValueOrDefault(entered.Address) + 1;
        }

        if (surplus is not null)
        {
            ServerMetrics.ConnectionsCut.Add("too-many", 1);
            surplus.Cut("too many connections that have not shown who they are");
        }

        return entered;
    }

    /// <summary>It counts no more.</summary>
    public void Prove(DoorConnection connection)
    {
        lock (_lock)
        {
            connection.IsProven = true;
            Remove(connection);
        }
    }

    /// <summary>It has ended.</summary>
    public void Leave(DoorConnection connection)
    {
        lock (_lock)
            Remove(connection);
    }

    private void Remove(DoorConnection connection)
    {
        if (connection.Place is not { } place)
            return;
        connection.Place = null;
        _unproven.Remove(place);
        if (_byAddress[connection.Address] == 1)
            _byAddress.Remove(connection.Address);
        else
            _byAddress[connection.Address]--;
    }
}
