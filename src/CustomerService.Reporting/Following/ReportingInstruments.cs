using System.Diagnostics.Metrics;

namespace CustomerService.Reporting.Following;

/// <summary><c>alerts_active{kind,name}</c>: what rises now.</summary>
public sealed class ReportingInstruments
{
    public const string MeterName = "CustomerService.Reporting";

    public ReportingInstruments(IMeterFactory meters, Foresight foresight)
    {
        meters.Create(MeterName).CreateObservableGauge(
            "alerts_active",
            () => foresight.Alerts.Select(alert => new Measurement<long>(alert.LastHour, new("kind", alert.Kind), new("name", alert.Name))),
            "{conversation}", "Conversations of the last hour about what rises unusually, by intent or word; absent where nothing does.");
    }
}
