using System.Net.Http.Json;
using Causality.TestKit.Processes;
using Causality.TestKit.Secrets;

namespace Causality.TestKit.Servers;

/// <summary>The users of an operator's services in a test's virtual host, with the permissions of <c>infra/rabbitmq/permissions.tsv</c>; gone at dispose.</summary>
public sealed class BrokerUsers : IAsyncDisposable
{
    private readonly RabbitMqServer _server;
    private readonly Dictionary<string, string> _passwords = [];

    private int _disposed;

    private BrokerUsers(RabbitMqServer server) => _server = server;

    /// <summary>Makes the users.</summary>
    /// <exception cref="HttpRequestException">The management API does not answer, or its user is no administrator.</exception>
    public static async Task<BrokerUsers> CreateAsync(RabbitMqServer server, CancellationToken cancellationToken = default)
    {
        var users = new BrokerUsers(server);
        await users.ApplyAsync(cancellationToken).ConfigureAwait(false);
        return users;
    }

    /// <summary>Makes them, again if the broker has lost them: with the same passwords.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "rabbitmq", "permissions.tsv"), cancellationToken).ConfigureAwait(false))
        {
            if (line.StartsWith('#') || line.Split('\t') is not [var name, var configure, var write, var read])
                continue;
            if (!_passwords.TryGetValue(name, out var password))
                password = _passwords[name] = TestPasswords.Create();
            await PutAsync($"users/{NameOf(name)}", new { password, tags = "" }, cancellationToken).ConfigureAwait(false);
            await PutAsync($"permissions/{_server.VirtualHost}/{NameOf(name)}", new { configure, write, read }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The passwords by user.</summary>
    public IReadOnlyDictionary<string, string> Passwords => _passwords;

    /// <summary>How a service, or <c>publisher</c>, connects.</summary>
    public Uri AmqpUriOf(string name) => new UriBuilder(_server.AmqpUri) { UserName = NameOf(name), Password = Uri.EscapeDataString(_passwords[name]) }.Uri;

    /// <summary>Deletes the users and the virtual host.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        foreach (var name in _passwords.Keys)
        {
            using var answer = await _server.Management.DeleteAsync(new Uri($"users/{NameOf(name)}", UriKind.Relative)).ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private string NameOf(string name) => $"{_server.VirtualHost}-{name}";

    private async Task PutAsync<TBody>(string path, TBody body, CancellationToken cancellationToken)
    {
        using var answer = await _server.Management.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
