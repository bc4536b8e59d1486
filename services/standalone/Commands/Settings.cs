using System.Text.RegularExpressions;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands;

/// <summary>Settings on the command line: <c>--Section:Key=value</c>, as the services read them.</summary>
internal static partial class Settings
{
    /// <summary>Takes the words that no option took. A misspelt option must not pass as a setting that nobody reads.</summary>
    /// <exception cref="InputException">A word is no setting.</exception>
    public static string[] Read(IReadOnlyList<string> tokens, string command) =>
        tokens.FirstOrDefault(token => !Setting().IsMatch(token)) is { } wrong
            ? throw new InputException($"'{wrong}' is neither an option of {command} nor a setting such as --Sync:SyncInterval=00:01:00; 'causality {command} --help' lists the options.")
            : [.. tokens];

    [GeneratedRegex("^--[A-Za-z]+(:[A-Za-z0-9.]+)+=")]
    private static partial Regex Setting();
}
