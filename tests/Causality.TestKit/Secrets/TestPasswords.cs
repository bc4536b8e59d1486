using System.Security.Cryptography;

namespace Causality.TestKit.Secrets;

/// <summary>Passwords of a test's servers.</summary>
public static class TestPasswords
{
    /// <summary>128 random bits between characters that connection strings, addresses, JSON and SQL each write in a way of their own.</summary>
    public static string Create() => $"p+/%=;@'\"{RandomNumberGenerator.GetHexString(32, lowercase: true)} &<:";
}
