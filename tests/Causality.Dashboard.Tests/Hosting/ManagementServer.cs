using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Causality.Dashboard.Tests.Hosting;

/// <summary>A management API of the test's own: answers what the test wants and counts how often it is asked.</summary>
internal sealed class ManagementServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _asked;

    private ManagementServer(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    /// <summary>How often the queues have been asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Dial: what it answers about queues, nodes and connections.</summary>
    public (int Status, string Body) Queues { get; set; } = (200, "[]");

    public (int Status, string Body) Nodes { get; set; } = (200, "[]");

    public (int Status, string Body) Connections { get; set; } = (200, "[]");

    public static async Task<ManagementServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var server = new ManagementServer(application);
        application.MapGet("/api/queues/{host}", () =>
        {
            Interlocked.Increment(ref server._asked);
            return Answer(server.Queues);
        });
        application.MapGet("/api/nodes", () => Answer(server.Nodes));
        application.MapGet("/api/vhosts/{host}/connections", () => Answer(server.Connections));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static IResult Answer((int Status, string Body) answer) => Results.Content(answer.Body, "application/json", null, answer.Status);
}
