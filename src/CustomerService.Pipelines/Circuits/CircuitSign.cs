using System.Diagnostics.Metrics;

namespace CustomerService.Pipelines.Circuits;

/// <summary>Shows whether the breaker around one outside service is open: the gauge <c>circuit_open{kind,name}</c> is 1 while the service is left alone, else 0.</summary>
/// <remarks>A new breaker begins closed, and says so.</remarks>
public sealed class CircuitSign
{
    public const string MeterName = "CustomerService.Circuits";

    private static readonly Gauge<int> Open = new Meter(MeterName).CreateGauge<int>("circuit_open", null, "Whether an outside service is left alone because it failed again and again: 1 or 0.");

    private readonly KeyValuePair<string, object?> _kind;
    private readonly KeyValuePair<string, object?> _name;

    /// <param name="kind">What the service is for, such as <c>model</c>.</param>
    /// <param name="name">As the owner's settings name it.</param>
    public CircuitSign(string kind, string name)
    {
        (_kind, _name) = (new("kind", kind), new("name", name));
        Open.Record(0, _kind, _name);
    }

    public ValueTask Opened() => Say(1);

    public ValueTask Closed() => Say(0);

    private ValueTask Say(int open)
    {
        Open.Record(open, _kind, _name);
        return ValueTask.CompletedTask;
    }
}
