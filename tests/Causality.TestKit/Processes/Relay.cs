using System.Net;
using System.Net.Sockets;

namespace Causality.TestKit.Processes;

/// <summary>A wire between two operators that the test can stop in the middle of an answer: passes bytes on unread, so TLS stays whole.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _holdAfterBytes;
    private readonly List<(long Total, TaskCompletionSource Reached)> _waiting = [];
    private long _taken;
    private long _given;
    private readonly Task _accepting;

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <param name="target">The port of 127.0.0.1 behind it.</param>
    /// <param name="holdAfterBytes">A connection that has brought this many bytes back brings no more until <see cref="Release"/>.</param>
    public Relay(int target, long holdAfterBytes = long.MaxValue)
    {
        (_target, _holdAfterBytes) = (target, holdAfterBytes);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where to connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that all connections have taken from behind the wire so far.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Bytes that all connections have given to behind the wire so far.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>Completes when all connections together have taken so many.</summary>
    public Task WhenTakenAsync(long total)
    {
        lock (_waiting)
        {
            if (Taken >= total)
                return Task.CompletedTask;
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((total, waiting));
            return waiting.Task;
        }
    }

    /// <summary>Completes when the first connection is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets everything through from now on.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Cuts every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ConnectAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAsync(TcpClient near)
    {
        using (near)
        using (var far = new TcpClient())
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token).ConfigureAwait(false);
            // Either side's end is the end of both.
            await Task.WhenAny(
                BringOverAsync(near.GetStream(), far.GetStream()),
                BringBackAsync(far.GetStream(), near.GetStream())).ConfigureAwait(false);
        }
    }

    private void Note(int read)
    {
        lock (_waiting)
        {
            _taken += read;
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Total <= _taken))
                reached.TrySetResult();
            _waiting.RemoveAll(waiting => waiting.Total <= _taken);
        }
    }

    private async Task BringOverAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is > 0 and var read)
        {
            Interlocked.Add(ref _given, read);
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task BringBackAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        var brought = 0L;
        while (await from.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is > 0 and var read)
        {
            Note(read);
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token).ConfigureAwait(false);
            brought += read;
            if (brought < _holdAfterBytes || _released.Task.IsCompleted)
                continue;
            _held.TrySetResult();
            await _released.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
    }
}
