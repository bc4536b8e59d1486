using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Protocol.Repair;
using Causality.Standalone.Input;
using Causality.Storage;

namespace Causality.Standalone.Commands.Store;

/// <summary>An operator's storage without the operator: nothing runs by itself.</summary>
internal static class StoreHost
{
    private const string OperatorId = "Operator:Id";

    /// <summary>Registers the storage, and the peers for repairs.</summary>
    public static ServiceProvider Build(ConfigurationManager configuration)
    {
        if (configuration[OperatorId] is null && NameIn(Path.Combine(configuration["Storage:DataFolder"]!, "identity", "certificate.pem")) is { } name)
            configuration[OperatorId] = name;
        // The operator judged its peers' addresses when they were added, by settings and a listener that a command on its folder does not know. Their pins are still checked.
        configuration["PeerAddresses:AllowLoopback"] ??= "true";
        configuration["PeerAddresses:AllowPrivateNetworks"] ??= "true";
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddCausalityStorage(options => configuration.GetSection(StorageOptions.Section).Bind(options))
            .AddRepairFromPeers()
            .BuildServiceProvider();
    }

    /// <summary>Repairs speak to peers as the operator: its key must be there, and none must be made.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static void RequireIdentity(IServiceProvider services)
    {
        var folder = Path.Combine(services.GetRequiredService<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value.DataFolder, "identity");
        if (!File.Exists(Path.Combine(folder, "certificate.pem")))
            throw new InputException($"'{folder}' holds no identity: repairing asks the peers, as this operator. Run the command where the operator's data folder is.");
    }

    private static string? NameIn(string path)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
            return certificate.GetNameInfo(X509NameType.SimpleName, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Whoever needs the identity says what is wrong with it.
            return null;
        }
    }
}
