using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Causality.Standalone.Embedding;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Security.Tests.Hosting;

/// <summary>An embedded operator with real listeners, and requests as people, programs and browsers send them.</summary>
internal sealed class Guarded : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;
    private readonly CausalityOperator _operator;

    private Guarded(DirectoryInfo folder, bool ownsFolder, CausalityOperator one, MovableClock clock) => (_folder, _ownsFolder, _operator, Clock) = (folder, ownsFolder, one, clock);

    public MovableClock Clock { get; }

    public CausalityOperator Operator => _operator;

    public Uri Address => new(_operator.Address);

    public string Folder => _folder.FullName;

    /// <summary>What the operator has logged.</summary>
    public required Journal Journal { get; init; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="settings">Configuration beside the defaults.</param>
    /// <param name="folder">Null for a folder of its own.</param>
    public static async Task<Guarded> StartAsync(Dictionary<string, string?>? settings = null, DirectoryInfo? folder = null)
    {
        var (own, place, clock) = (folder is null, folder ?? Directory.CreateTempSubdirectory("causality-guarded-"), new MovableClock());
        Guarded? guarded = null;
        var journal = new Journal();
        var one = CausalityOperator.Create(
            options =>
            {
                (options.Id, options.DataFolder, options.PeerUrl) = ("operator-a", place.FullName, "https://127.0.0.1:0");
                options.Sync = sync => sync.Scheduled = false;
            },
            customize: builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Http:Url"] = "http://127.0.0.1:0" });
                builder.Configuration.AddInMemoryCollection(settings ?? []);
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Logging.ClearProviders().AddProvider(journal);
            });
        try
        {
            await one.StartAsync(Cancelled);
            return guarded = new Guarded(place, own, one, clock) { Journal = journal };
        }
        finally
        {
            if (guarded is null)
            {
                await one.DisposeAsync();
                if (own)
                    place.Delete(recursive: true);
            }
        }
    }

    /// <summary>Makes a token by the control API.</summary>
    public async Task<string> CreateTokenAsync(string name, string[] roles, string? by = null, DateTimeOffset? expiresAt = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/v1/tokens", by, JsonContent.Create(new { name, roles, expires_at = expiresAt }));
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        ((int)answer.StatusCode).ShouldBe(201, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("token").GetString().ShouldNotBeNull();
    }

    /// <summary>Sends a request of a program.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        // A handler without cookies: what a browser would keep is given as a header.
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, Cancelled);
    }

    public async Task<int> StatusAsync(HttpMethod method, string path, string? token = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, token, content, headers);
        return (int)answer.StatusCode;
    }

    /// <summary>Begins a session and gives the cookie as a browser would send it.</summary>
    public async Task<string> LogInAsync(string token)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/v1/session", null, JsonContent.Create(new { token }));
        ((int)answer.StatusCode).ShouldBe(200);
        return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            _folder.Delete(recursive: true);
    }
}
