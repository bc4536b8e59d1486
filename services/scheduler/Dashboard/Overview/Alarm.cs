namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>Something that a person should look at now.</summary>
/// <param name="Severity"><c>bad</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Text">What is the matter.</param>
/// <param name="Link">Where to see more.</param>
/// <param name="LinkText">The text of the link.</param>
public sealed record Alarm(string Severity, string Text, string? Link = null, string? LinkText = null);
