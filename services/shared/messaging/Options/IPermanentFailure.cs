namespace Causality.Messaging;

/// <summary>Marks an exception whose cause no retry can mend: its message goes to the <c>_error</c> queue at once.</summary>
public interface IPermanentFailure;
