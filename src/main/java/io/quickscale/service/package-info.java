/**
 * What a service author touches: extend {@link io.quickscale.service.BaseService}, annotate,
 * deploy.
 */
package io.quickscale.service;
