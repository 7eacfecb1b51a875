using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using CustomerService.Grains.Alerts;

namespace CustomerService.Silo.Alerts;

/// <summary><c>alerts_raised{severity,acknowledged}</c>: the owner's alerts, told by the process that watches the figures.</summary>
internal sealed class AlertInstruments
{
    public const string MeterName = "CustomerService.Alerts";

    private static readonly ImmutableArray<bool> Taken = [false, true];

    private ImmutableArray<Measurement<long>> _raised = [];

    public AlertInstruments(IMeterFactory meters) => meters.Create(MeterName).CreateObservableGauge(
        "alerts_raised", () => _raised.AsEnumerable(), "{alert}", "Alerts that are raised by the owner's rules, by severity and whether somebody has taken them on.");

    public void Show(ImmutableArray<AlertRecord> raised) => _raised =
    [
        .. from severity in Enum.GetValues<AlertSeverity>()
           from taken in Taken
           select new Measurement<long>(
               raised.Count(alert => alert.Finding.Severity == severity && alert.AcknowledgedBy is not null == taken),
               new("severity", severity.ToString().ToLowerInvariant()), new("acknowledged", taken ? "true" : "false")),
    ];

    /// <summary>Another process tells them.</summary>
    public void Forget() => _raised = [];
}
