using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>Finds the names of the queues of dead letters: by the management API where one is named, else the ones that an operator can have.</summary>
internal static class QueueDirectory
{
    private const int MaxAnswerBytes = 16 << 20;

    /// <exception cref="InputException">The management API is no address, does not answer, or refuses.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(BrokerTarget broker, string? management, CancellationToken cancellationToken)
    {
        if (management is null)
            return [.. OperatorQueues.DeadLetters];
        if (!Uri.TryCreate(management, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InputException("--management is not an address such as http://user:password@host:15672.");

        using var client = Client(address, broker);
        try
        {
            var queues = await client.GetFromJsonAsync<JsonElement[]>(new Uri($"api/queues/{Uri.EscapeDataString(broker.VirtualHost)}?columns=name", UriKind.Relative), cancellationToken);
            return [.. queues!.Select(queue => queue.GetProperty("name").GetString()!).Where(name => OperatorQueues.SourceOf(name) is not null).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new InputException($"The management API at {client.BaseAddress} did not list the queues: {exception.Message}", exception);
        }
    }

    private static HttpClient Client(Uri address, BrokerTarget broker)
    {
        var login = Uri.UnescapeDataString(address.UserInfo.Length > 0 ? address.UserInfo : broker.Uri.UserInfo);
        return new HttpClient
        {
            BaseAddress = new UriBuilder(address) { UserName = "", Password = "", Path = address.AbsolutePath.TrimEnd('/') + "/" }.Uri,
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = MaxAnswerBytes,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login))) },
        };
    }
}
