using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Integrations.Outbound;

/// <summary>Something that an outside system is told.</summary>
/// <param name="Kind">What it is, such as <c>activity.logged</c>.</param>
public abstract record OutboundEvent([property: JsonIgnore] string Kind)
{
    /// <summary>The event as outside systems see it: JSON in camelCase, as UTF-8, nulls left out.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, GetType(), OutboundJson.Default);
}
