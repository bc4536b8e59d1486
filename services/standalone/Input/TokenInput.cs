namespace Causality.Standalone.Input;

/// <summary>The token that a command acts with.</summary>
internal static class TokenInput
{
    /// <summary>The option, else the file's option, else the environment; null for none.</summary>
    /// <exception cref="InputException">Both options are given, the file cannot be read, or what is given can be no token. Never repeats the token.</exception>
    public static string? Read(string? token, string? file)
    {
        if (token is not null && file is not null)
            throw new InputException("--token and --token-file are both given; give one of them.");
        if (token is not null)
            return Check(token, "--token");
        if (file is not null)
            return Check(ReadFile(file, "--token-file"), $"--token-file '{file}'");
        if (Environment.GetEnvironmentVariable("CAUSALITY_TOKEN") is { Length: > 0 } set)
            return Check(set, "CAUSALITY_TOKEN");
        return Environment.GetEnvironmentVariable("CAUSALITY_TOKEN_FILE") is { Length: > 0 } named ? Check(ReadFile(named, "CAUSALITY_TOKEN_FILE"), $"CAUSALITY_TOKEN_FILE '{named}'") : null;
    }

    private static string ReadFile(string file, string source)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{source} names '{file}', which cannot be read: {exception.Message}", exception);
        }
    }

    private static string Check(string text, string source) =>
        text.Length is > 0 and <= 512 && text.All(character => character is > ' ' and <= '~')
            ? text
            : throw new InputException($"{source} is no token: it is empty, too long, or has spaces in it.");
}
