using System.Text.Json;

namespace CustomerService.Simulation.Reports;

/// <summary>The figures for programs.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>An object with <c>source</c>, <c>assumptions</c>, <c>whatIf</c> and, if it was compared, <c>present</c>; times in seconds unless named otherwise.</summary>
    public static string Write(CentreReport report) => JsonSerializer.Serialize(
        new { report.Arrivals.Source, report.Arrivals.Assumptions, report.WhatIf, report.Present }, Options);
}
