using System.Text.Json.Serialization;
using CustomerService.Integrations.Alerting;
using CustomerService.Integrations.Crm;
using CustomerService.Integrations.Ticketing;

namespace CustomerService.Integrations.Outbound;

/// <summary>How outside systems see us: JSON in camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CrmContact))]
[JsonSerializable(typeof(CrmActivity))]
[JsonSerializable(typeof(TicketSnapshot))]
[JsonSerializable(typeof(RaisedAlert))]
[JsonSerializable(typeof(AcknowledgedAlert))]
[JsonSerializable(typeof(ClearedAlert))]
internal sealed partial class OutboundJson : JsonSerializerContext;
