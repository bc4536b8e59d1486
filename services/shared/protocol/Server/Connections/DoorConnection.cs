using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Causality.Protocol.Server.Connections;

/// <summary>An open connection, as its door keeps it.</summary>
/// <param name="door">The door.</param>
/// <param name="connection">The connection below TLS.</param>
internal sealed class DoorConnection(Door door, ConnectionContext connection) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lock _proving = new();
    private Action? _atEnd;
    private bool _isEnded;

    /// <summary>Where it comes from; none for what is no IP connection.</summary>
    public IPAddress Address { get; } = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    /// <summary>True once somebody who may come in has come by it.</summary>
    public bool IsProven { get; set; }

    /// <summary>Its place among those that are not proven; for the door only.</summary>
    public LinkedListNode<DoorConnection>? Place { get; set; }

    /// <summary>Waits for the first byte, and leaves it where it is. What follows, above all what TLS needs, is not made for connections that say nothing.</summary>
    /// <param name="patience">How long.</param>
    /// <returns>False when none has come: there is nothing to be done for it.</returns>
    public async ValueTask<bool> SpeaksAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            var first = await connection.Transport.Input.ReadAsync(deadline.Token);
            connection.Transport.Input.AdvanceTo(first.Buffer.Start);
            return !first.Buffer.IsEmpty;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return false; // Too late, cut, or gone.
        }
    }

    /// <summary>Somebody who may come in has come by it.</summary>
    /// <param name="before">Done first, by one request only; when it throws, nothing is proven.</param>
    public void Prove(Action? before = null)
    {
        lock (_proving)
        {
            if (IsProven)
                return;
            before?.Invoke();
            door.Prove(this);
        }
    }

    /// <summary>Has something done when it ends; at once when it has.</summary>
    public void AtEnd(Action action)
    {
        lock (_lock)
        {
            if (!_isEnded)
            {
                _atEnd += action;
                return;
            }
        }

        action();
    }

    /// <summary>Cuts it, whatever is under way on it.</summary>
    public void Cut(string reason) => connection.Abort(new ConnectionAbortedException(reason));

    /// <summary>It has ended.</summary>
    public void Dispose()
    {
        door.Leave(this);
        Action? atEnd;
        lock (_lock)
            (_isEnded, atEnd) = (true, _atEnd);
        atEnd?.Invoke();
    }
}
