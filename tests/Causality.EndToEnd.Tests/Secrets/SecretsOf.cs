using System.Security.Cryptography;
using System.Xml.Linq;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Secrets;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>The secrets that an operator makes itself, or was given by its servers.</summary>
internal static class SecretsOf
{
    public static IEnumerable<Canary> Operator(OperatorProcesses one) => [.. one.Passwords.Select(secret => Canary.OfText(secret.Name, secret.Password)), .. PrivateKey(one), .. SessionKeys(one)];

    /// <summary>Files that hold a secret because that is what they are for.</summary>
    public static bool IsKeptIn(string file) => file.EndsWith("key.pem", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(file)) == "control-keys";

    private static IEnumerable<Canary> PrivateKey(OperatorProcesses one)
    {
        var pem = File.ReadAllText(Path.Combine(one.DataFolder, "identity", "key.pem"));
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        yield return Canary.OfBytes($"{one.Id}'s private key", key.ExportParameters(includePrivateParameters: true).D!);
        // The number begins in the first line; the last ones hold the public key.
        yield return Canary.OfText($"{one.Id}'s key file", pem.Split('\n')[1]);
    }

    private static IEnumerable<Canary> SessionKeys(OperatorProcesses one)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(one.DataFolder, "control-keys"), "*.xml"))
        {
            var value = XDocument.Load(file).Descendants().Single(element => element.Name.LocalName == "value").Value;
            yield return Canary.OfBytes($"{one.Id}'s session key {Path.GetFileName(file)}", Convert.FromBase64String(value));
        }
    }
}
