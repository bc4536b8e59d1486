namespace Causality.Scheduler.Data;

/// <summary>Whether the schedule begins syncs; one row, or none while nobody has touched it.</summary>
public sealed class ScheduleRecord
{
    /// <summary>The id of the one row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; set; } = OnlyId;

    /// <summary>False while somebody has stopped it.</summary>
    public bool Running { get; set; } = true;
}
