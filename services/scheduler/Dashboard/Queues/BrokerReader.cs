using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Causality.Messaging;
using Causality.Scheduler.Dashboard.Rendering;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>Asks RabbitMQ's management API, within bounds of time and size.</summary>
internal sealed class BrokerReader : IDisposable
{
    private const int MostBytes = 8 * 1024 * 1024;
    private readonly DashboardOptions _options;
    private readonly TimeProvider _time;
    private readonly string _user;
    private readonly string _password;
    private readonly HttpClient _http;

    public BrokerReader(IOptions<DashboardOptions> options, IOptions<BusOptions> bus, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        (_user, _password) = LoginOf(options.Value, bus.Value);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = _options.AnswerTimeout,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    public async Task<Reading<BrokerView>> ReadAsync(string virtualHost)
    {
        var host = Uri.EscapeDataString(virtualHost);
        try
        {
            using var queues = await AskAsync($"api/queues/{host}?columns=name,messages_ready,messages_unacknowledged,consumers,message_stats.publish_details.rate,message_stats.ack_details.rate");
            var (rows, deadLetters) = BrokerQueues.Read(queues.RootElement);
            var (alarms, unseen) = await AlarmsAsync(host);
            return Reading<BrokerView>.Of(new BrokerView(_time.GetUtcNow(), rows, deadLetters, alarms, unseen));
        }
        catch (Exception exception) when (Explain(exception) is { } fault)
        {
            return Reading<BrokerView>.Failed(fault);
        }
    }

    public void Dispose() => _http.Dispose();

    // Both need more rights than the queues do; without them that is said, and the queues are shown nevertheless.
    private async Task<(IReadOnlyList<string> Alarms, string? Unseen)> AlarmsAsync(string host)
    {
        try
        {
            using var nodes = await AskAsync("api/nodes?columns=name,mem_alarm,disk_free_alarm,running");
            using var connections = await AskAsync($"api/vhosts/{host}/connections?columns=name,state");
            return ([.. BrokerAlarms.OfNodes(nodes.RootElement), .. BrokerAlarms.OfConnections(connections.RootElement)], null);
        }
        catch (Exception exception) when (Explain(exception) is { } fault)
        {
            return ([], $"Memory, disk and blocked connections could not be looked at: {fault}");
        }
    }

    private async Task<JsonDocument> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_options.ManagementUrl!.TrimEnd('/') + "/"), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_user}:{_password}")));
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    private static (string User, string Password) LoginOf(DashboardOptions options, BusOptions bus)
    {
        var own = Uri.TryCreate(bus.Uri, UriKind.Absolute, out var uri) && uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password] ? (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : ("guest", "guest");
        return options.ManagementUser is { } named ? (named, options.ManagementPassword ?? "") : own;
    }

    private string? Explain(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => $"the management API does not let '{Show.Text(_user, 40)}' look; give it the tag 'monitoring' and rights in the virtual host.",
        HttpRequestException { StatusCode: { } status } => $"the management API answered {(int)status}; is {nameof(DashboardOptions.ManagementUrl)} right?",
        HttpRequestException => "the management API cannot be reached.",
        TaskCanceledException => $"the management API did not answer within {Show.Duration(_options.AnswerTimeout)}.",
        JsonException or InvalidOperationException or KeyNotFoundException => "the management API answered something else than RabbitMQ would.",
        _ => null,
    };
}
