using System.Globalization;
using Causality.Protocol.Server.Listeners;
using Microsoft.Extensions.Configuration;

namespace Causality.ServiceDefaults.Health;

/// <summary>Asks the service that already runs in this container how it is: <c>dotnet Causality.Gateway.dll --health ready</c>. Images of .NET have no curl.</summary>
internal static class HealthProbe
{
    /// <summary>The argument that makes a service's program the probe instead of the service.</summary>
    public const string Argument = "--health";

    // Docker kills a probe after its own limit and then says nothing of the reason; this one ends before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>True when the command line asks for the probe.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0] == Argument;

    /// <summary>Asks once and prints the answer.</summary>
    /// <param name="args"><c>--health</c>, then <c>live</c> or <c>ready</c>, then settings such as <c>--Http:Url=http://127.0.0.1:7071</c>.</param>
    /// <param name="defaultUrl">Where the service answers unless <c>Http:Url</c> says otherwise.</param>
    /// <returns>0 when the service says yes; 1 when it says no, does not answer, or cannot be asked.</returns>
    public static async Task<int> RunAsync(string[] args, string defaultUrl)
    {
        if (args is not [_, "live" or "ready", ..])
            return await FailAsync($"{Argument} takes 'live' or 'ready', not '{string.Join(' ', args.Skip(1))}'.");

        var url = new ConfigurationBuilder().AddSecretFiles().AddEnvironmentVariables().AddCommandLine(args[2..]).Build()[$"{HttpOptions.Section}:{nameof(HttpOptions.Url)}"];
        if (!ListenAddress.TryParse(string.IsNullOrEmpty(url) ? defaultUrl : url, "http", out var address) || address!.Port == 0)
            return await FailAsync($"Http:Url is '{url}', which cannot be asked: set it to http://host:port with a port of its own.");

        var target = $"http://{HostOf(address)}:{address.Port.ToString(CultureInfo.InvariantCulture)}/health/{args[1]}";
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri(target));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return await FailAsync($"{target} did not answer: {exception.Message}");
        }
    }

    private static string HostOf(ListenAddress address) => address switch
    {
        { Address: null } => "127.0.0.1",
        { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{address.Address}]",
        _ => address.Address.ToString(),
    };

    private static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }
}
