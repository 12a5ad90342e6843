/**
 * What every face that speaks HTTP needs: who calls and whether it may, problems as answers (RFC
 * 9457), and what no request may be. Knows servlets, but no JAX-RS.
 */
package io.quickscale.web;
