using System.Net.Http.Json;
using Causality.TestKit.Secrets;
using Causality.TestKit.Servers;

namespace Causality.Messaging.Tests.Hosting;

/// <summary>A user of a test's own virtual host, whom the broker may forget and know again; gone at dispose.</summary>
internal sealed class BrokerUser(RabbitMqServer broker) : IAsyncDisposable
{
    private readonly string _password = TestPasswords.Create();

    private string Name => $"{broker.VirtualHost}-user";

    public Uri AmqpUri => new UriBuilder(broker.AmqpUri) { UserName = Name, Password = Uri.EscapeDataString(_password) }.Uri;

    public async Task MakeAsync()
    {
        await PutAsync($"users/{Name}", new { password = _password, tags = "" });
        await PutAsync($"permissions/{broker.VirtualHost}/{Name}", new { configure = ".*", write = ".*", read = ".*" });
    }

    /// <summary>Deletes the user; the broker closes its connections.</summary>
    public async Task ForgetAsync()
    {
        using var answer = await broker.Management.DeleteAsync(new Uri($"users/{Name}", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        using var answer = await broker.Management.DeleteAsync(new Uri($"users/{Name}", UriKind.Relative), CancellationToken.None);
    }

    private async Task PutAsync<TBody>(string path, TBody body)
    {
        using var answer = await broker.Management.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
