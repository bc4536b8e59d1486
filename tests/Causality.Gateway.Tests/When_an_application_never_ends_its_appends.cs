using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Causality.Contracts.Http;
using Causality.Gateway.Tests.Hosting;
using Causality.Storage.Log;

namespace Causality.Gateway.Tests;

/// <summary>Row S38 of the bad inputs at the applications' door: what is coming in has a bound over all requests, and not only over each.</summary>
public sealed class When_an_application_never_ends_its_appends : IAsyncLifetime
{
    private readonly List<TcpClient> _held = [];
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(connection => connection.Dispose());
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_told_to_come_again_and_find_room_when_it_lets_go(bool isAnnounced)
    {
        for (var number = 0; number < 4; number++)
            (await HoldAsync(AppendLimits.MaxBatchBytes)).ShouldBe("HTTP/1.1 100 Continue");

        // Chunks announce nothing: room is taken for what arrives.
        using var refused = await AppendAsync(isAnnounced);
        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));

        _held[0].Dispose();
        HttpStatusCode status;
        do
            status = (await AppendAsync(isAnnounced)).StatusCode;
        while (status == HttpStatusCode.TooManyRequests); // The gateway hears of a closed connection a moment later.
        status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> AppendAsync(bool isAnnounced)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApplicationRoutes.Entries) { Content = Answers.Body(Answers.Line("one", 1)) };
        request.Headers.TransferEncodingChunked = !isAnnounced;
        return await _gateway.Applications.SendAsync(request, Token);
    }

    /// <summary>Announces a body and sends nothing of it.</summary>
    /// <returns>The first line of the answer: the gateway says "continue" when it has made room.</returns>
    private async Task<string?> HoldAsync(int lengthBytes)
    {
        var connection = new TcpClient();
        _held.Add(connection);
        await connection.ConnectAsync(IPAddress.Loopback, _gateway.Applications.BaseAddress!.Port, Token);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {ApplicationRoutes.Entries} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {SyncMediaTypes.Lines}\r\nContent-Length: {lengthBytes}\r\nExpect: 100-continue\r\n\r\n")), Token);
        using var answers = new StreamReader(connection.GetStream(), Encoding.ASCII, leaveOpen: true);
        return await answers.ReadLineAsync(Token);
    }
}
