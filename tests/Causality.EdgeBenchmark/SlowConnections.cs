using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Causality.EdgeBenchmark;

/// <summary>Connections of a stranger that begin a request and never end it: a byte every ten seconds, opened anew a second after they are cut.</summary>
internal sealed class SlowConnections(int port, int count) : IAsyncDisposable
{
    private static readonly byte[] Start = Encoding.ASCII.GetBytes("GET /sync/v1/info HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _allOpened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;
    private int _opened;
    private long _began;

    /// <summary>Connections opened a second since all of them were open for the first time.</summary>
    public double Rate => (_opened - count) / Stopwatch.GetElapsedTime(_began).TotalSeconds;

    public async Task<SlowConnections> BeginAsync()
    {
        _work = Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(HoldAsync)));
        await _allOpened.Task;
        _began = Stopwatch.GetTimestamp();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task HoldAsync()
    {
        try
        {
            while (true)
            {
                await HoldOneAsync();
                await Task.Delay(TimeSpan.FromSeconds(1), _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }

    private async Task HoldOneAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port, _end.Token);
            if (Interlocked.Increment(ref _opened) == count)
                _allOpened.SetResult();

            // Every tenth shakes hands, which costs both sides a signature; the others only connect.
            if (Random.Shared.Next(10) > 0)
            {
                await UntilClosedAsync(socket.GetStream());
                return;
            }

            await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, _end.Token);
            await tls.WriteAsync(Start, _end.Token);
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), _end.Token);
                await tls.WriteAsync("x"u8.ToArray(), _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // Cut.
        }
    }

    private async Task UntilClosedAsync(NetworkStream stream)
    {
        while (await stream.ReadAsync(new byte[16], _end.Token) > 0)
        {
        }
    }
}
