using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Causality.TestKit.Servers;

/// <summary>
/// A fresh virtual host on the RabbitMQ that <see cref="TestServerVariables.RabbitMq"/> names, deleted at dispose with
/// its queues, exchanges and connections, so that no leftover consumer takes another test's messages.
/// </summary>
/// <example><code>await using var broker = await RabbitMqServer.CreateAsync(cancellationToken);</code></example>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string AmqpShape = "amqp://user:password@host:port/";
    private const string ManagementShape = "the same broker's management API, http://user:password@host:port";
    private readonly HttpClient _management;
    private int _disposed;

    private RabbitMqServer(HttpClient management, string virtualHost, Uri amqpUri)
    {
        _management = management;
        VirtualHost = virtualHost;
        AmqpUri = amqpUri;
    }

    /// <summary><c>amqp://user:password@host:port/virtual-host</c>; the user may do everything in it.</summary>
    public Uri AmqpUri { get; }

    /// <summary>Lower-case letters, digits and underscores; needs no escaping. Unique across runs.</summary>
    public string VirtualHost { get; }

    /// <summary>The management API, authorized, base address <c>.../api/</c>. Lives as long as this object.</summary>
    public HttpClient Management => _management;

    /// <summary>True when a broker is named, for tests that skip without one.</summary>
    public static bool IsAvailable => TestServerVariables.Find(TestServerVariables.RabbitMq) is not null;

    /// <summary>Creates the virtual host and lets the user in.</summary>
    /// <param name="cancellationToken">Stops waiting for the broker.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="TestServersMissingException">A variable is missing or not an address.</exception>
    /// <exception cref="HttpRequestException">The management API does not answer, or the user is no administrator.</exception>
    public static Task<RabbitMqServer> CreateAsync(CancellationToken cancellationToken = default) => CreateAsync(
        TestServerVariables.RequireUri(TestServerVariables.RabbitMq, AmqpShape, "amqp", "amqps"),
        TestServerVariables.RequireUri(TestServerVariables.RabbitMqManagement, ManagementShape, "http", "https"),
        cancellationToken);

    /// <summary>Creates the virtual host on a broker that the test knows.</summary>
    /// <param name="broker"><c>amqp://user:password@host:port/</c>.</param>
    /// <param name="managementAddress">The same broker's management API.</param>
    /// <param name="cancellationToken">Stops waiting for the broker.</param>
    /// <exception cref="HttpRequestException">The management API does not answer, or the user is no administrator.</exception>
    public static async Task<RabbitMqServer> CreateAsync(Uri broker, Uri managementAddress, CancellationToken cancellationToken = default)
    {
        var management = Connect(managementAddress);
        var virtualHost = TestServerVariables.NewName();
        var server = new RabbitMqServer(management, virtualHost, new UriBuilder(broker) { Path = virtualHost }.Uri);
        try
        {
            await server.MakeRoomAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            management.Dispose();
            throw;
        }
    }

    /// <summary>Makes the virtual host and lets the user in, as at the beginning: what an operator does after the broker has lost its disk.</summary>
    /// <exception cref="HttpRequestException">The management API does not answer, or the user is no administrator.</exception>
    public async Task MakeRoomAsync(CancellationToken cancellationToken = default)
    {
        await PutAsync($"vhosts/{VirtualHost}", new { description = "a test's own" }, cancellationToken).ConfigureAwait(false);
        // UserInfo is already escaped, as the path wants it.
        var user = AmqpUri.UserInfo.Split(':')[0];
        var everything = new { configure = ".*", write = ".*", read = ".*" };
        await PutAsync($"permissions/{VirtualHost}/{user}", everything, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the virtual host's connections and deletes it. A second call does nothing.</summary>
    /// <exception cref="HttpRequestException">The broker does not answer any more.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        using (_management)
        {
            using var answer = await _management.DeleteAsync(new Uri($"vhosts/{VirtualHost}", UriKind.Relative)).ConfigureAwait(false);
            if (answer.StatusCode != System.Net.HttpStatusCode.NotFound)
            {
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    private static HttpClient Connect(Uri address)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)));
        var root = new UriBuilder(address) { UserName = "", Password = "", Path = "/api/" }.Uri;
        return new HttpClient
        {
            BaseAddress = root,
            Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", credentials) },
        };
    }

    private async Task PutAsync<TBody>(string path, TBody body, CancellationToken cancellationToken)
    {
        using var answer = await _management.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
