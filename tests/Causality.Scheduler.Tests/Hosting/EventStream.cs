using System.Net.ServerSentEvents;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>A subscriber of the event stream, as a browser is one.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private Task<bool> _next = Task.FromResult(true);

    private EventStream(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) => (_response, _items) = (response, items);

    /// <summary>Connects, and reads the first item, which says where the stream stands.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient http, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var stream = new EventStream(response, SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken));
        (await stream.NextAsync()).EventType.ShouldBe("Connected");
        return stream;
    }

    public async Task<SseItem<string>> NextAsync()
    {
        _next = _items.MoveNextAsync().AsTask();
        (await _next.WaitAsync(TestKit.Operators.Eventually.Patience, TestContext.Current.CancellationToken)).ShouldBeTrue("the stream ended");
        return _items.Current;
    }

    public async Task<List<SseItem<string>>> TakeAsync(int count)
    {
        var items = new List<SseItem<string>>();
        while (items.Count < count)
            items.Add(await NextAsync());
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        // A read that is still under way ends with the connection, one way or another.
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync();
    }
}
