namespace Causality.Scheduler.Dashboard.Session;

/// <summary>What the page for signing in shows.</summary>
/// <param name="ReturnTo">The page to go on at.</param>
/// <param name="HasFailed">True after a token that was none.</param>
public sealed record SignInModel(string ReturnTo, bool HasFailed);
