using Causality.Scheduler.Events;

namespace Causality.Standalone.Demo;

/// <summary>How the demo shows that it moves on.</summary>
internal interface IDemoProgress
{
    void Say(string text);

    void Show(params DemoOperator[] operators);

    IDemoBar Begin(string title);
}

/// <summary>The bar of one sync; disposing it ends the line.</summary>
internal interface IDemoBar : IDisposable
{
    void Move(PublicEvent published);
}
