using CustomerService.Grains.Retention;

namespace CustomerService.Reporting.Retention;

/// <summary>The owner's rules of how long conversations are kept.</summary>
public interface IRetentionRules
{
    /// <summary>Those in force.</summary>
    RetentionRules Current { get; }
}
